using Aegis.Core.Decisions;
using Aegis.Core.Features;

namespace Aegis.Scoring.Commits;

/// <summary>One decided transaction, without objects of its own.</summary>
internal struct DecisionRow
{
    public LogPosition Position;
    public int Item;
    public int BodyOffset;
    public int BodyLength;
    public bool IsBodyOwn;
    public bool IsLate;
    public ushort Country;
    public DecisionOutcome Outcome;
    public DecisionOutcome ModelOutcome;
    public TransactionKey Key;
    public ulong CardHash;
    public long ProducedAtMicroseconds;
    public string? Producer;
    public Assessment Assessment;
}
