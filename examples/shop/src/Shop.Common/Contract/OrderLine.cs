namespace Shop.Common.Contract;

/// <summary>A line of an order; name and price are those of the moment of ordering.</summary>
public sealed record OrderLine(int ProductId, string Slug, string Name, int UnitPriceCents, int Quantity);
