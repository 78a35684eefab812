namespace Shop.Common.Contract;

/// <summary>Asks for goods to be held for a cart while the customer checks out; replaces what was held for it.</summary>
public sealed record ReservationRequest(string CartId, IReadOnlyList<OrderItem> Items);
