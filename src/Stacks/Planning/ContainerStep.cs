namespace Argosy.Stacks;

/// <summary>What is to be done about one container. <see cref="Name"/> is the name that it will have (or had).</summary>
public abstract record ContainerStep(string Name)
{
    /// <summary>There is none yet.</summary>
    public sealed record Create(string Name, int Number) : ContainerStep(Name);

    /// <summary>There is one that does not fit any more; a new one takes over its name, number and anonymous volumes.</summary>
    public sealed record Recreate(string Name, int Number, ObservedContainer Old) : ContainerStep(Name);

    /// <summary>It fits and does not run.</summary>
    public sealed record Start(string Name, ObservedContainer Container) : ContainerStep(Name);

    /// <summary>It fits and runs.</summary>
    public sealed record Keep(string Name, ObservedContainer Container) : ContainerStep(Name);

    /// <summary>It fits and runs, and something that it depends on was replaced.</summary>
    public sealed record Restart(string Name, ObservedContainer Container) : ContainerStep(Name);

    /// <summary>It is one too many.</summary>
    public sealed record Remove(string Name, ObservedContainer Container) : ContainerStep(Name);

    /// <summary>A replacement that was interrupted before it got its name.</summary>
    public sealed record Rename(string Name, ObservedContainer Container) : ContainerStep(Name);
}
