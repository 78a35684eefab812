using System.Text;

namespace Argosy.Build.Expansion;

/// <summary>Collects the words of an expanded text: white space splits unless it was quoted or escaped.</summary>
internal sealed class WordCollector
{
    private readonly List<string> words = [];
    private readonly StringBuilder word = new();

    public void Add(string part, bool splits)
    {
        if (!splits)
        {
            word.Append(part);
            return;
        }
        foreach (char c in part)
        {
            if (char.IsWhiteSpace(c))
                Break();
            else
                word.Append(c);
        }
    }

    public List<string> Finish()
    {
        Break();
        return words;
    }

    private void Break()
    {
        if (word.Length > 0)
            words.Add(word.ToString());
        word.Clear();
    }
}
