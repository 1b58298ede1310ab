"""How the passage reader's weights are made: data, model, training, export."""
