namespace Shop.Fulfilment;

/// <summary>How a worker works.</summary>
/// <param name="Name">Who it is in the records: the container's host name.</param>
/// <param name="PackAfter">How long an order stays placed before it is packed, at least.</param>
/// <param name="ShipAfter">How long it stays packed before it is shipped, at least.</param>
/// <param name="Pause">Between two looks into an empty queue.</param>
internal sealed record WorkerOptions(string Name, TimeSpan PackAfter, TimeSpan ShipAfter, TimeSpan Pause);
