using Aegis.Rules.Lists;

namespace Aegis.Rules.Sets;

/// <summary>What matched the payments of a block, row by row.</summary>
public sealed class Matches
{
    /// <summary>The rules.</summary>
    public List<RuleMatch> Rules { get; } = [];

    /// <summary>The entries of lists that decide by themselves.</summary>
    public List<ListMatch> Lists { get; } = [];

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Rules.Clear();
        Lists.Clear();
    }
}
