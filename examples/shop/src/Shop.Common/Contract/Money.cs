using System.Globalization;

namespace Shop.Common.Contract;

/// <summary>Euro cents for people.</summary>
public static class Money
{
    /// <summary>For example "€ 12.50".</summary>
    public static string Format(int cents) => string.Create(CultureInfo.InvariantCulture, $"€ {cents / 100}.{cents % 100:00}");
}
