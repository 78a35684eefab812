namespace Shop.Common.Contract;

/// <summary>A product of which fewer pieces are left than were asked for.</summary>
public sealed record Shortage(int ProductId, string Name, int Asked, int Available);
