namespace Shop.Orders;

/// <summary>A product row that the current transaction has locked.</summary>
internal sealed record LockedProduct(int Id, string Name, int PriceCents, int Stock);
