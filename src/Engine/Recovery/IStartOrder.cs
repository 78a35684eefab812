using Argosy.Engine.Containers.Model;

namespace Argosy.Engine.Recovery;

/// <summary>Somebody who decides, instead of restart policies, when certain containers start after a start of the daemon.</summary>
public interface IStartOrder
{
    /// <summary>True for a container whose start is left to it.</summary>
    bool Governs(ContainerRecord container);
}
