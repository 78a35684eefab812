namespace Shop.Common.Contract;

/// <summary>An order as the storefront sends it.</summary>
/// <param name="CartId">The cart that it comes from; its reservations are used up.</param>
/// <param name="ExpectedTotalCents">What the customer was shown; an order is refused if the prices have changed since.</param>
public sealed record OrderRequest(string CartId, Customer Customer, IReadOnlyList<OrderItem> Items, int ExpectedTotalCents);
