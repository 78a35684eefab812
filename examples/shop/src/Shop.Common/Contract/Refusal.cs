namespace Shop.Common.Contract;

/// <summary>Why an order or a reservation was not taken.</summary>
/// <param name="Code">One of the constants of this class.</param>
public sealed record Refusal(string Code, string Message, IReadOnlyList<Shortage> Shortages)
{
    /// <summary>Not enough pieces are left.</summary>
    public const string OutOfStock = "out-of-stock";

    /// <summary>The total is not the one that the customer was shown.</summary>
    public const string PriceChanged = "price-changed";

    /// <summary>The request makes no sense.</summary>
    public const string Invalid = "invalid";
}
