"""The MCP server for agents, over standard input and output or over HTTP."""
