using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Streams;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Commits;

/// <summary>An answer for a caller in another process.</summary>
internal sealed record Reply(string Stream, TransactionKey Key, WaitResult Result);
