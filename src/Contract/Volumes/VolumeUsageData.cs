namespace Argosy.Contract.Volumes;

/// <summary>What a volume takes, and how many containers use it; -1 is "not known".</summary>
public sealed record VolumeUsageData(long Size, long RefCount);
