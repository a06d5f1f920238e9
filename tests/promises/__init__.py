"""What the ports of durable work and of temporary passwords promise, as tests for whatever implements them."""
