namespace Shop.Carts;

/// <summary>Redis does not answer. What was asked for may or may not have been done.</summary>
public sealed class CacheAwayException(Exception inner) : Exception("cache is away", inner);
