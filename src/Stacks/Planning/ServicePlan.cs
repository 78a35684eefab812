namespace Argosy.Stacks;

/// <summary>The steps of one service; removals come first.</summary>
public sealed record ServicePlan(string Service, IReadOnlyList<ContainerStep> Steps)
{
    /// <summary>True when its containers are other ones afterwards.</summary>
    internal bool Replaces => Steps.Any(step => step is ContainerStep.Recreate or ContainerStep.Restart);
}
