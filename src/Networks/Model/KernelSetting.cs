namespace Argosy.Networks;

/// <summary>A kernel setting.</summary>
/// <param name="Name">Its path below /proc/sys: net/ipv4/conf/eth0/log_martians.</param>
/// <param name="Value">What it is set to.</param>
public sealed record KernelSetting(string Name, string Value);
