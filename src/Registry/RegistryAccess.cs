namespace Argosy.Registry;

/// <summary>What a session is for; tokens are asked for accordingly.</summary>
public enum RegistryAccess
{
    Pull,
    Push,
}
