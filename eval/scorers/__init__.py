"""One small family of scorers a module; a scorer is a function from an `Outcome` to a `Score`."""
