namespace Shop.Common.Contract;

/// <summary>The state of all orders in a few numbers.</summary>
/// <param name="DuplicateAttempts">How often a worker tried to ship what was shipped already; must stay 0.</param>
public sealed record OrderStatistics(int Placed, int Packed, int Shipped, int Shipments, int DuplicateAttempts);
