namespace Argosy.Contract.Stacks;

/// <summary>One entry of <c>depends_on</c>.</summary>
public sealed record StackDependency
{
    public const string Started = "service_started";
    public const string Healthy = "service_healthy";
    public const string Completed = "service_completed_successfully";

    /// <summary>What must hold of the dependency before the dependent starts: one of the constants above.</summary>
    public required string Condition { get; init; }

    /// <summary>The dependent is restarted after the dependency was restarted or recreated.</summary>
    public bool? Restart { get; init; }

    /// <summary>False: a missing or failing dependency is only a warning.</summary>
    public bool Required { get; set; } = true;
}
