using System.Security.Cryptography;

namespace Shop.Orders;

/// <summary>Order numbers that people can read out on the telephone and nobody can guess.</summary>
internal static class OrderNumber
{
    // Without I, L, O, U, 0 and 1, which look or sound like others.
    private const string Alphabet = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
    private const int Length = 12;

    internal static string Next() => RandomNumberGenerator.GetString(Alphabet, Length);
}
