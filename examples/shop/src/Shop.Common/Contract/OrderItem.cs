namespace Shop.Common.Contract;

/// <summary>How many pieces of a product are wanted.</summary>
public sealed record OrderItem(int ProductId, int Quantity);
