namespace Argosy.Engine.Containers;

/// <summary>Names for containers whose user gave none: an adjective and a ship.</summary>
internal static class NameGenerator
{
    private static readonly string[] Adjectives =
    [
        "able", "agile", "amber", "ardent", "bold", "brave", "breezy", "bright", "brisk", "calm", "candid", "clear", "clever", "coastal",
        "crisp", "daring", "deft", "eager", "early", "easy", "fair", "fleet", "free", "fresh", "gallant", "gentle", "glad", "golden",
        "grand", "happy", "hardy", "honest", "jolly", "keen", "kind", "laden", "lively", "loyal", "lucky", "lunar", "mellow", "merry",
        "mighty", "modest", "nimble", "noble", "northern", "patient", "plucky", "polar", "proud", "quick", "quiet", "ready", "robust",
        "silent", "silver", "sleek", "smart", "solid", "southern", "steady", "stout", "sunny", "swift", "tidal", "trim", "true", "trusty",
        "vivid", "warm", "western", "wise", "zesty",
    ];

    private static readonly string[] Ships =
    [
        "ark", "barge", "barque", "brig", "brigantine", "caravel", "carrack", "catamaran", "clipper", "cog", "coracle", "corvette",
        "cutter", "dhow", "dinghy", "dory", "felucca", "ferry", "freighter", "frigate", "galleon", "galley", "gondola", "hulk", "junk",
        "kayak", "keelboat", "ketch", "knarr", "launch", "lighter", "longship", "lugger", "outrigger", "packet", "pilot", "pinnace",
        "punt", "raft", "sampan", "schooner", "scow", "shallop", "skiff", "sloop", "smack", "tender", "tramp", "trawler", "trimaran",
        "trireme", "tug", "umiak", "whaler", "wherry", "xebec", "yacht", "yawl",
    ];

    internal static string Next() => $"{Pick(Adjectives)}_{Pick(Ships)}{Random.Shared.Next(100)}";

    private static string Pick(string[] words) => words[Random.Shared.Next(words.Length)];
}
