using Shop.Common.Contract;

namespace Shop.Orders;

/// <summary>What became of an order that was asked for.</summary>
internal abstract record PlaceOutcome
{
    /// <summary>It is in the book. <see cref="Replayed"/>: it was there already, under the same idempotency key.</summary>
    internal sealed record Taken(string Number, bool Replayed) : PlaceOutcome;

    /// <summary>Nothing was written.</summary>
    internal sealed record Refused(Refusal Refusal) : PlaceOutcome;
}
