namespace Aegis.Core.Decisions;

/// <summary>What a list does with the payments of its entries.</summary>
public enum ListEffect : byte
{
    /// <summary>Nothing by itself: rules name it.</summary>
    None = 0,

    /// <summary>Approves, unless a rule or a list declines.</summary>
    Allow = 1,

    /// <summary>Declines.</summary>
    Block = 2,

    /// <summary>Makes a review of an approval, unless a rule or a list approves.</summary>
    Watch = 3,
}
