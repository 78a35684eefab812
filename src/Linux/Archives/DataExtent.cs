namespace Argosy.Linux.Archives;

/// <summary>A stretch of a sparse file that holds data.</summary>
public readonly record struct DataExtent(long Offset, long Length);
