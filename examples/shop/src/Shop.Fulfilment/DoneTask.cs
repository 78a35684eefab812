namespace Shop.Fulfilment;

/// <summary>A task that a worker has finished.</summary>
internal sealed record DoneTask(string Step, string OrderNumber, bool Duplicate);
