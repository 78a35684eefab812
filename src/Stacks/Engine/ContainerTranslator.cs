using Argosy.Contract.Containers;
using Argosy.Engine.Containers.Model;

namespace Argosy.Stacks;

/// <summary>An Engine API request to the engine's specification: the API's own translation, so that a stack's containers are made like any others.</summary>
public delegate ContainerSpecification ContainerTranslator(ContainerCreateRequest request, string? name);
