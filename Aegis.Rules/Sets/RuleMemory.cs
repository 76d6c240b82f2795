namespace Aegis.Rules.Sets;

/// <summary>Working memory of a <see cref="RuleBook"/> for one thread.</summary>
public sealed class RuleMemory
{
    internal RuleMemory(int numbers, int texts) => (Numbers, Texts) = (new double[numbers], new ulong[texts]);

    internal double[] Numbers { get; }

    internal ulong[] Texts { get; }
}
