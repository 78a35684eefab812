namespace Argosy.Images.Snapshots;

/// <summary>What became of a path; the numbers are the Engine API's.</summary>
public enum ChangeKind
{
    Modified = 0,
    Added = 1,
    Deleted = 2,
}
