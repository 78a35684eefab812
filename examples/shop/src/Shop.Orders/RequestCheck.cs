using System.Net.Mail;
using Shop.Common.Contract;

namespace Shop.Orders;

/// <summary>Says what is wrong with a request before it costs a transaction.</summary>
internal static class RequestCheck
{
    private const int LongestText = 200;
    private const int MostLines = 50;
    private const int MostPieces = 99;

    /// <summary>What is wrong; null when nothing is.</summary>
    internal static string? Problem(OrderRequest request)
    {
        var customer = request.Customer;
        if (((string[])[customer.Name, customer.Email, customer.Address, customer.Postcode, customer.City, customer.Country]).Any(IsBad))
            return $"Every line of the address needs between 1 and {LongestText} characters.";
        if (!MailAddress.TryCreate(customer.Email, out _))
            return "The e-mail address is not one.";
        return Problem(request.CartId, request.Items);
    }

    /// <summary>What is wrong; null when nothing is.</summary>
    internal static string? Problem(string cartId, IReadOnlyList<OrderItem> items)
    {
        if (IsBad(cartId))
            return "The cart has no id.";
        if (items.Count is 0 or > MostLines)
            return $"An order has between 1 and {MostLines} lines.";
        if (items.Any(item => item.Quantity is < 1 or > MostPieces))
            return $"A line has between 1 and {MostPieces} pieces.";
        return items.Select(item => item.ProductId).Distinct().Count() == items.Count ? null : "A product stands in the order twice.";
    }

    // JSON may leave out what the record does not allow to be null.
    private static bool IsBad(string? text) => string.IsNullOrWhiteSpace(text) || text.Length > LongestText;
}
