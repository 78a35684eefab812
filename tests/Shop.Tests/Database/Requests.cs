using Shop.Common.Contract;

namespace Argosy.Shop.Tests.Database;

internal static class Requests
{
    internal const int MugCents = 1450;
    internal const int KettleCents = 5900;

    internal static Customer Customer { get; } = new("Ada Lovelace", "ada@example.com", "1 Quay Street", "1011 AB", "Amsterdam", "Netherlands");

    internal static OrderRequest Mugs(string cart, int quantity) =>
        new(cart, Customer, [new OrderItem(1, quantity)], MugCents * quantity);

    // Products in this order or the other, so that transactions that lock as they come would deadlock.
    internal static OrderRequest MugAndKettle(string cart, bool kettleFirst)
    {
        OrderItem[] items = [new(1, 1), new(2, 1)];
        return new OrderRequest(cart, Customer, kettleFirst ? [.. items.Reverse()] : items, MugCents + KettleCents);
    }
}
