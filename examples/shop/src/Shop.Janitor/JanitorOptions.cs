namespace Shop.Janitor;

/// <summary>How often the janitor goes round, and what it takes for forgotten.</summary>
internal sealed record JanitorOptions(TimeSpan Pause, TimeSpan CartIdle, TimeSpan SessionIdle);
