using Aegis.Core.Decisions;

namespace Aegis.Rules.Lists;

/// <summary>A list. What its entries are and what it does never change.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Name">Its name.</param>
/// <param name="Of">What its entries are.</param>
/// <param name="Effect">What it does by itself.</param>
public sealed record ListInfo(long Id, string Name, ListSubject Of, ListEffect Effect)
{
    /// <summary>The longest name.</summary>
    public const int MaxNameLength = 64;

    /// <summary>True for a name of a list, which conditions can write: 1 to 64 of <c>a-z 0-9 _</c>, beginning with a letter.</summary>
    public static bool IsName(string text) => text.Length is > 0 and <= MaxNameLength && text[0] is >= 'a' and <= 'z'
        && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');
}
