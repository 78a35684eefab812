using Shop.Common.Contract;

namespace Shop.Web.Visitors;

/// <summary>A product in a cart.</summary>
internal sealed record BasketLine(Product Product, int Quantity);
