namespace Shop.Common.Contract;

/// <summary>Goods are held until this moment.</summary>
public sealed record Reservation(DateTimeOffset ExpiresAt);
