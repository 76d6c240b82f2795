using System.Text;
using Aegis.Core.Decisions;
using Aegis.Core.Facts;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Facts;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Shards;

/// <summary>What all shard workers of a process share.</summary>
internal sealed record ShardServices(
    ModelRegistry Models, FactVersions Facts, LabelStore Labels, PatientReads Reads, RecentIds Ids, IOldIds OldIds, RecentDecisions Recent, DecisionWaiters Waiters, SampleBudget Samples, BlockPool Blocks, TimeProvider Time, int ShardCount);
