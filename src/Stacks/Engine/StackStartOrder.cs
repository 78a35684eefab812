using Argosy.Engine.Containers.Model;
using Argosy.Engine.Recovery;

namespace Argosy.Stacks;

/// <summary>Tells the engine which containers a stack starts in order of dependency.</summary>
internal sealed class StackStartOrder(StackTable stacks) : IStartOrder
{
    public bool Governs(ContainerRecord container) => stacks.Governs(container.Config.Labels);
}
