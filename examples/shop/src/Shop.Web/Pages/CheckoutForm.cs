using System.Net.Mail;
using Shop.Common.Contract;

namespace Shop.Web.Pages;

/// <summary>What the customer has typed, and what is wrong with it.</summary>
/// <param name="Key">The idempotency key: made with the empty form, so that the same form sent twice is one order.</param>
internal sealed record CheckoutForm(string Key, Customer Customer, IReadOnlyDictionary<string, string> Problems)
{
    private const int LongestText = 200;

    internal static CheckoutForm Blank() =>
        new(Guid.NewGuid().ToString("N"), new Customer("", "", "", "", "", "Netherlands"), new Dictionary<string, string>());

    internal static CheckoutForm Read(IFormCollection form)
    {
        string key = Guid.TryParseExact(form["key"], "N", out var sent) ? sent.ToString("N") : Guid.NewGuid().ToString("N");
        var customer = new Customer(Text(form, "name"), Text(form, "email"), Text(form, "address"), Text(form, "postcode"), Text(form, "city"), Text(form, "country"));
        return new CheckoutForm(key, customer, Check(customer));
    }

    private static string Text(IFormCollection form, string field) => form[field].ToString().Trim();

    private static Dictionary<string, string> Check(Customer customer)
    {
        var problems = new Dictionary<string, string>();
        Need(problems, "name", customer.Name, "Please tell us your name.");
        Need(problems, "address", customer.Address, "Where shall we send it?");
        Need(problems, "postcode", customer.Postcode, "The postcode is missing.");
        Need(problems, "city", customer.City, "The town is missing.");
        Need(problems, "country", customer.Country, "The country is missing.");
        if (!MailAddress.TryCreate(customer.Email, out _) || customer.Email.Length > LongestText)
            problems["email"] = "This does not look like an e-mail address.";
        return problems;
    }

    private static void Need(Dictionary<string, string> problems, string field, string value, string message)
    {
        if (value.Length == 0)
            problems[field] = message;
        else if (value.Length > LongestText)
            problems[field] = $"Please keep it under {LongestText} characters.";
    }
}
