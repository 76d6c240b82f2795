using Aegis.Rules.Lists;

namespace Aegis.Rules.Names;

/// <summary>A value that conditions may name.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsText">True for a text, false for a number.</param>
/// <param name="Meaning">What the value is, with its unit.</param>
/// <param name="Missing">When it is missing; "never" if that cannot happen.</param>
public sealed record RuleName(string Name, bool IsText, string Meaning, string Missing)
{
    private readonly Func<string, bool> _allows = static text => text.Length is > 0 and <= 64;

    internal RuleName(RuleSource source, string name, bool isText, string meaning, string missing)
        : this(name, isText, meaning, missing) => Source = source;

    internal RuleName(RuleSource source, string name, string meaning, string missing, string allowedTexts, Func<string, bool> allows)
        : this(source, name, isText: true, meaning, missing) => (AllowedTexts, _allows) = (allowedTexts, allows);

    /// <summary>The texts that it can have, in words.</summary>
    public string AllowedTexts { get; } = "1 to 64 characters";

    /// <summary>Where the value comes from.</summary>
    internal RuleSource Source { get; }

    /// <summary>The list, where the value is 1 for payments that stand on one and 0 for others.</summary>
    internal ListInfo? List { get; private init; }

    /// <summary>The feature's index, where the value is one.</summary>
    internal int Feature { get; init; }

    /// <summary>How the stored value of a feature is read.</summary>
    internal FeatureScale Scale { get; init; }

    /// <summary>The value that says whether this one stands on a list.</summary>
    internal RuleName On(ListInfo list) =>
        new(RuleSource.List, $"{Name} in {list.Name}", isText: false, $"1 if the {Name} is on the list.", Missing) { List = list };

    /// <summary>True if the value can be this text.</summary>
    internal bool Allows(string text) => _allows(text);
}
