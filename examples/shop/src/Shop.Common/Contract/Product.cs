namespace Shop.Common.Contract;

/// <summary>A product as the catalogue offers it.</summary>
/// <param name="PriceCents">Price of one piece, in euro cents.</param>
/// <param name="Stock">Pieces that can be sold now.</param>
public sealed record Product(
    int Id,
    string Slug,
    string Name,
    string Category,
    string CategoryName,
    string Tagline,
    string Description,
    IReadOnlyList<string> Facts,
    int PriceCents,
    int Stock,
    bool Featured);
