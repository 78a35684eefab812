namespace Shop.Common.Contract;

/// <summary>An order and how far it has come.</summary>
/// <param name="Status">placed, packed or shipped.</param>
public sealed record Order(
    string Number,
    string Status,
    Customer Customer,
    IReadOnlyList<OrderLine> Lines,
    int TotalCents,
    DateTimeOffset PlacedAt,
    DateTimeOffset? PackedAt,
    DateTimeOffset? ShippedAt,
    string? Tracking);
