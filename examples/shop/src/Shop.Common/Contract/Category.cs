namespace Shop.Common.Contract;

/// <summary>A group of products.</summary>
public sealed record Category(string Slug, string Name, int Products);
