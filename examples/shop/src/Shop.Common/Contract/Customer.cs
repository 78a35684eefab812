namespace Shop.Common.Contract;

/// <summary>Who ordered, and where the parcel goes.</summary>
public sealed record Customer(string Name, string Email, string Address, string Postcode, string City, string Country);
