namespace Argosy.Runtime.Logs;

/// <summary>Where in a log to begin.</summary>
/// <param name="Number">The file.</param>
/// <param name="Inode">Which it was: where only one file is kept, its successors have the same number.</param>
/// <param name="Offset">Where in it, at the beginning of a line; 0 in a compressed one.</param>
/// <param name="Drop">So many lines that end behind that place are not wanted; their pieces may be those of wanted ones.</param>
internal readonly record struct LogPosition(int Number, ulong Inode, long Offset, long Drop);
