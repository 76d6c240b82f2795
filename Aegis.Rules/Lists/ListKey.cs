using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Rules.Compiling;

namespace Aegis.Rules.Lists;

/// <summary>What lists of one subject look for in a payment.</summary>
/// <param name="Hash">The hash of its text; 0 for addresses.</param>
/// <param name="Address">The address.</param>
/// <param name="IsMissing">True if the payment lacks it.</param>
internal readonly record struct ListKey(ulong Hash, UInt128 Address, bool IsMissing)
{
    /// <summary>The key of a payment.</summary>
    public static ListKey Of(in RuleInput input, ListSubject of) => of switch
    {
        ListSubject.Ip => Network.TryRead(input.IpAddress, out var address) ? new ListKey(0, address, false) : new ListKey(0, 0, true),
        ListSubject.Card => OfText(input.CardToken),
        ListSubject.Merchant => OfText(input.MerchantId),
        ListSubject.Device => OfText(input.DeviceId),
        ListSubject.Country => OfText(input.Country),
        _ => OfText(input.CardBin),
    };

    /// <summary>True if a list holds it.</summary>
    public bool IsOn(ListMembers list, long stampMs, out long entry)
    {
        entry = 0;
        return !IsMissing
            && (list.List.Of == ListSubject.Ip ? list.Holds(Address, stampMs, out entry) : list.Holds(Hash, stampMs, out entry));
    }

    private static ListKey OfText(ReadOnlySpan<byte> ascii) => new(ascii.IsEmpty ? 0 : StableHash.Hash64(ascii), 0, ascii.IsEmpty);
}
