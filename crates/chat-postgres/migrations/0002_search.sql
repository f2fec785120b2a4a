-- What the list can be asked for.

-- Support that no administrator has taken. Its columns change no more often than those of the other
-- indexes, so the update of a send stays heap-only.
create index idx_conversations_waiting
  on haggle.conversations (active_hour desc)
  where admin_id is null and type <> 'buyer_supplier';

-- Text as a search compares it: without case, accents and the points of vowels, with a keyboard's
-- marks for a typesetter's, and without spaces that some write and some do not. No extension is
-- needed. lower() knows the letters beyond ASCII by a collation; which there are depends on how
-- PostgreSQL was built, and the database's own may know none.
do $$
declare
  letters name;
begin
  select collname
  into strict letters
  from pg_catalog.pg_collation
  where collnamespace = 'pg_catalog'::regnamespace
    and collname in ('pg_c_utf8', 'und-x-icu', 'C.utf8', 'en_US.utf8', 'default')
    and collencoding in (-1, pg_catalog.pg_char_to_encoding('UTF8'))
  order by array_position(array['pg_c_utf8', 'und-x-icu', 'C.utf8', 'en_US.utf8', 'default']::name[], collname)
  limit 1;

  execute format(
    $create$
      create function haggle.fold(written text) returns text
      language plpgsql immutable strict parallel safe cost 1000
      as $fold$
      declare
        folded text;
      begin
        if pg_catalog.octet_length(written) = pg_catalog.char_length(written) then
          folded := pg_catalog.lower(written collate "C");
          if pg_catalog.strpos(folded, ' x') > 0 or pg_catalog.strpos(folded, 'x ') > 0 then
            folded := pg_catalog.regexp_replace(folded, '([0-9]) *x *(?=[0-9])', '\1x', 'g');
          end if;
          return folded;
        end if;
        folded := pg_catalog.lower(pg_catalog.normalize(written, 'nfkd') collate pg_catalog.%I);
        folded := pg_catalog.regexp_replace(
          folded,
          '[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]',
          '', 'g'
        );
        folded := pg_catalog.translate(
          folded,
          E'øłđðħıŧς\u2018\u2019\u201a\u201b\u02b9\u02bb\u02bc\u2032\u201c\u201d\u201e\u201f\u2010\u2011\u2012\u2013\u2014\u2015\u2212',
          E'olddhitσ\'\'\'\'\'\'\'\'""""-------'
        );
        if folded ~ '[ßæœþ]' then
          folded := pg_catalog.replace(pg_catalog.replace(folded, 'ß', 'ss'), 'þ', 'th');
          folded := pg_catalog.replace(pg_catalog.replace(folded, 'æ', 'ae'), 'œ', 'oe');
        end if;
        -- "M10 × 60" and "M10 x 60" are the size "M10x60".
        folded := pg_catalog.regexp_replace(folded, ' *× *', 'x', 'g');
        folded := pg_catalog.regexp_replace(folded, '([0-9]) *x *(?=[0-9])', '\1x', 'g');
        -- "中村 由紀" is "中村由紀": Chinese and Japanese set no spaces between words.
        return pg_catalog.regexp_replace(
          folded,
          '([\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]) +(?=[\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff])',
          '\1', 'g'
        );
      end
      $fold$
    $create$,
    letters
  );
end
$$;

-- Which of these folded words are somewhere in a folded text: the first is 1, the second 2, the third 4.
create function haggle.words_in(folded text, words text[]) returns bigint
language plpgsql immutable strict parallel safe cost 1000
as $$
declare
  found bigint := 0;
begin
  for place in 1 .. pg_catalog.cardinality(words) loop
    if pg_catalog.strpos(folded collate "C", words[place]) > 0 then
      found := found | (1::bigint << (place - 1));
    end if;
  end loop;
  return found;
end
$$;

-- The preview as haggle.fold makes it, where it is more than lower(): whoever sends writes it, for the
-- time that a search of all conversations would need. Null: folded when it is looked through.
alter table haggle.conversations add column last_message_folded text;
